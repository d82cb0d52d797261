import * as rx from 'rxjs';
import { byPipe, testRxjs } from './rxjs.js';

testRxjs('rxjs 7.8.2', rx, byPipe);
