import { join } from 'node:path';
import type { StoreChoice } from '../../index';
import type { Configuration } from '../config/environment';

/** The bucket of the settings, or files in the data folder. */
export function storeChoice({ s3, dataFolder }: Configuration): StoreChoice {
  return s3 === undefined ? { kind: 'file', folder: join(dataFolder, 'artifacts') } : { kind: 's3', ...s3 };
}
