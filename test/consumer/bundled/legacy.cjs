const { CancelledError } = require('anyasync');
const { succeed } = require('anyasync/deferred');
const { Future } = require('anyasync/future');

exports.future = () => {
  const future = new Future();
  future.setResult('future');
  return future;
};
exports.deferred = () => succeed('deferred');
exports.cancelled = () => new CancelledError();
