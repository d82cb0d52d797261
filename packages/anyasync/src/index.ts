export * from '@anyasync/callback';
export * from '@anyasync/core';
export * from '@anyasync/promise';
