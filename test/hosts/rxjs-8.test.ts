import { byPipe, testRxjs } from './rxjs.js';

const load = (name: string): Promise<object> => import(name);

testRxjs('rxjs 8.0.0-alpha.14', await load('rxjs8'), byPipe);
