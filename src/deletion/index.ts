export {
  collectGarbage,
  type Garbage,
  type GarbagePlace,
  type GarbageRequest,
  type ProjectGarbage,
} from './collect-garbage';
export { DeletionModule } from './deletion.module';
export { deletionDefaults, DeletionOptions } from './deletion.options';
export type { Freed } from './freed';
