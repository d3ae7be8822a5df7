import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from './database';
import { poolQueues, pools } from './monitoring';

/** Has the pool counted in the metrics for as long as the app lives. */
@Injectable()
export class PoolWatch implements OnModuleInit, OnApplicationShutdown {
  private ends: (() => void)[] = [];

  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    const { pool } = this.database;
    this.ends = [pools.watch(pool), poolQueues.watch(pool)];
  }

  onApplicationShutdown(): void {
    for (const end of this.ends) end();
  }
}
