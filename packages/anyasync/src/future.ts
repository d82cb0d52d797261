export * from '@anyasync/future';
