export { Coalescer, type CoalescerOptions } from './coalescer';
export { ProjectCoalescers } from './coalescers';
export { dataSourceName, dataSourceOptions, schemaName, type DatabaseConnection } from './data-source';
export { Database } from './database';
export { DatabaseModule } from './database.module';
export { asFailure, constraintViolation, isDatabaseUnavailable } from './failures';
export { migrate, readMigrations, type Migration } from './migrations';
export { statement, type Queryable, type Statement } from './statement';
