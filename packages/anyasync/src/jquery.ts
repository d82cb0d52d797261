export * from '@anyasync/jquery';
