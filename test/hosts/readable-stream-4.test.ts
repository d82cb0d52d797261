import { createRequire } from 'node:module';
import { type StreamClass, testStreams } from './streams.js';

const require = createRequire(import.meta.url);
const { version } = require('readable-stream4/package.json') as { version: string };

testStreams(
  `readable-stream ${version}`,
  (require('readable-stream4') as { Readable: StreamClass }).Readable,
);
