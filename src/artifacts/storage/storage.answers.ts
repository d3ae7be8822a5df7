import { FlagAnswer, TimeAnswer, WholeAnswer, WholeField } from '../../common';
import type { StorageUsage } from './storage-usage';

/** What a project keeps in the artifact store. */
export class StorageAnswer {
  @WholeAnswer('Bytes of all artifacts, those of deleted candidates and models included.')
  used_bytes!: number;

  @WholeAnswer('Artifacts.')
  files!: number;

  @WholeAnswer('What the project may keep, in bytes; absent: as much as it likes.', { optional: true })
  limit_bytes?: number;

  @FlagAnswer('Whether the limit was set for this project; otherwise it is the server’s.')
  own_limit!: boolean;

  @TimeAnswer('When the store itself was last counted.')
  counted_at!: Date;
}

/** A limit of a project's own. */
export class StorageLimitBody {
  @WholeField({ min: 0, description: 'Bytes.' })
  limit_bytes!: number;
}

/** A project's storage on the native API. */
export function presentStorage({ bytes, files, limit, ownLimit, countedAt }: StorageUsage): StorageAnswer {
  return {
    used_bytes: bytes,
    files,
    ...(limit === undefined ? {} : { limit_bytes: limit }),
    own_limit: ownLimit,
    counted_at: countedAt,
  };
}
