// The published packages by import.
import { readFile } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from '@anyasync/callback';
import { promisify as fromUmbrella } from 'anyasync';

const { exports: entries } = createRequire(import.meta.url)('anyasync/package.json');
const isSubpath = (entry) => !['.', './from', './package.json'].includes(entry);
for (const name of Object.keys(entries)
  .filter(isSubpath)
  .map((entry) => entry.slice(2))) {
  const [own, subpath] = [await import(`@anyasync/${name}`), await import(`anyasync/${name}`)];
  const missing = Object.keys(own).filter((key) => own[key] !== subpath[key]);
  if (missing.length > 0) throw new Error(`anyasync/${name} lacks ${missing}`);
}
if (promisify !== fromUmbrella) throw new Error('the umbrella has another copy');
console.log(JSON.parse(await promisify(readFile)('package.json', 'utf8')).name);
