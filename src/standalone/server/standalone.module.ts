import { Module, type DynamicModule } from '@nestjs/common';
import { AssayModule, type AssayOptions } from '../../index';
import { serverSecrets } from '../data/secrets';
import { LocalForgeController } from '../local/local-forge.controller';
import { LocalForgeService } from '../local/local-forge.service';
import { storeChoice } from './choices';
import { HealthController } from './health.controller';
import { HomeController } from './home.controller';
import type { ServerPlan } from './plan';

/** What the standalone server tells AssayModule, as any host would. */
export function assayOptions(plan: ServerPlan): AssayOptions {
  const local = plan.configuration.forge.kind === 'local';
  const { requestsPerMinute } = plan.configuration;
  return {
    publicUrl: plan.publicUrl,
    database: { url: plan.databaseUrl },
    forge: plan.configuration.forge,
    store: storeChoice(plan.configuration),
    access: {
      sessionSecret: plan.secrets.sessionSecret,
      ...(local ? { operatorToken: plan.secrets.adminToken } : {}),
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    },
  };
}

/** The host app of the standalone server: Assay, health, and the local forge's management. */
@Module({})
export class StandaloneModule {
  static for(plan: ServerPlan): DynamicModule {
    const local = plan.configuration.forge.kind === 'local';
    return {
      module: StandaloneModule,
      imports: [AssayModule.forRoot(assayOptions(plan))],
      providers: local ? [LocalForgeService, { provide: serverSecrets, useValue: plan.secrets }] : [],
      controllers: [HealthController, HomeController, ...(local ? [LocalForgeController] : [])],
    };
  }
}
