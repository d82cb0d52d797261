export * from '@anyasync/rxjs';
