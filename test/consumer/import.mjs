// The published packages by import.
import { readFile } from 'node:fs';
import { promisify } from '@anyasync/callback';
import { promisify as fromUmbrella } from 'anyasync';

if (promisify !== fromUmbrella) throw new Error('the umbrella has another copy');
console.log(JSON.parse(await promisify(readFile)('package.json', 'utf8')).name);
