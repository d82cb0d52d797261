import { createRequire } from 'node:module';
import { testJQuery } from './jquery.js';

const require = createRequire(import.meta.url);

testJQuery((window) => require('jquery3')(window));
