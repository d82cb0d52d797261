import { createRequire } from 'node:module';
import { type StreamClass, testStreams } from './streams.js';

const require = createRequire(import.meta.url);
const version = '2.28.1';

testStreams(`streamx ${version}`, (require('streamx') as { Readable: StreamClass }).Readable);
