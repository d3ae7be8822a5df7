import { Module, type DynamicModule } from '@nestjs/common';
import { AssayModule, type AssayOptions } from '../../../src';
import { Studio } from './studio/studio';
import { StudioForge } from './studio/studio.forge';
import { StudioModule } from './studio/studio.module';

/** What differs from one installation of this host to the next. */
export interface HostOptions {
  /** Where people reach the host, with its global prefix. */
  readonly publicUrl: string;
  readonly database: AssayOptions['database'];
  readonly artifactsFolder: string;
  readonly sessionSecret: string;
}

/** The host with Assay mounted. */
@Module({})
export class AppModule {
  static with({ publicUrl, database, artifactsFolder, sessionSecret }: HostOptions): DynamicModule {
    const studio = new Studio();
    const assay = AssayModule.forRoot({
      publicUrl,
      database,
      forge: { kind: 'custom', forge: new StudioForge(studio, publicUrl) },
      store: { kind: 'file', folder: artifactsFolder },
      access: { sessionSecret },
    });
    return { module: AppModule, imports: [StudioModule.of(studio), assay] };
  }
}
