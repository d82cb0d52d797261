export { fromObservable } from '@anyasync/observable';
