import { byPipe, testRxjs } from './rxjs.js';

const load = (name: string): Promise<object> => import(name);

testRxjs('rxjs 6.6.7', { ...(await load('rxjs6/operators/index.js')), ...(await load('rxjs6')) }, byPipe);
