export * from '@anyasync/begin-end';
