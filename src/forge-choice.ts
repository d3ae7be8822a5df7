import type { ForgeChoice } from './assay.options';
import type { Addresses } from './common';
import type { Database } from './database';
import { GiteaForge, LocalForge, type Forge } from './forge';

/** Makes the adapter that the options choose. */
export function createForge(choice: ForgeChoice, database: Database, addresses: Addresses): Forge {
  if (choice.kind === 'custom') return choice.forge;
  if (choice.kind === 'local') return new LocalForge(database, addresses);
  return new GiteaForge(choice);
}
