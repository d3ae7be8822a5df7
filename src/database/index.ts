export { ProjectCoalescers } from './coalescers';
export { dataSourceName, dataSourceOptions, type DatabaseConnection } from './data-source';
export { Database } from './database';
export { DatabaseModule } from './database.module';
export { asFailure, constraintViolation } from './failures';
export { migrate, readMigrations, type Migration } from './migrations';
export { purgeRows, purgeStatement } from './row-purge';
export { statement, type Queryable, type Statement } from './statement';
export { untilWritersEnd } from './writers';
