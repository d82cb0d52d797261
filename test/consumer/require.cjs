// The published packages by require.
const { readFile } = require('node:fs');
const { promisify: fromUmbrella } = require('anyasync');
const { promisify } = require('@anyasync/callback');

const { exports: entries } = require('anyasync/package.json');
const isSubpath = (entry) => !['.', './from', './package.json'].includes(entry);
for (const name of Object.keys(entries)
  .filter(isSubpath)
  .map((entry) => entry.slice(2))) {
  const [own, subpath] = [require(`@anyasync/${name}`), require(`anyasync/${name}`)];
  const missing = Object.keys(own).filter((key) => own[key] !== subpath[key]);
  if (missing.length > 0) throw new Error(`anyasync/${name} lacks ${missing}`);
}
if (promisify !== fromUmbrella) throw new Error('the umbrella has another copy');
promisify(readFile)('package.json', 'utf8').then((text) => console.log(JSON.parse(text).name));
