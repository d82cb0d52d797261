export * from '@anyasync/iterable';
