// The published packages by require.
const { readFile } = require('node:fs');
const { promisify: fromUmbrella } = require('anyasync');
const { promisify } = require('@anyasync/callback');

if (promisify !== fromUmbrella) throw new Error('the umbrella has another copy');
promisify(readFile)('package.json', 'utf8').then((text) => console.log(JSON.parse(text).name));
