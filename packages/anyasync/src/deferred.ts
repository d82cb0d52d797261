export * from '@anyasync/deferred';
