export * from '@anyasync/observable';
