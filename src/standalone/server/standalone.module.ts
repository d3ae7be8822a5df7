import { Module, type DynamicModule } from '@nestjs/common';
import { AssayModule, type AssayOptions } from '../../index';
import { serverSecrets } from '../data/secrets';
import { LocalForgeController } from '../local/local-forge.controller';
import { LocalForgeService } from '../local/local-forge.service';
import { storeChoice } from './choices';
import { HealthController } from './health.controller';
import { HomeController } from './home.controller';
import type { ServerPlan } from './plan';

/** What Prometheus gets; without it, this process's own measures. */
type Measures = () => Promise<string>;

/** What the standalone server tells AssayModule, as any host would. */
export function assayOptions(plan: ServerPlan, measures?: Measures): AssayOptions {
  const local = plan.configuration.forge.kind === 'local';
  const { operatorToken, requestsPerMinute, projectStorage, gcAfterDays } = plan.configuration;
  return {
    publicUrl: plan.publicUrl,
    database: { url: plan.databaseUrl },
    forge: plan.configuration.forge,
    store: storeChoice(plan.configuration),
    ...(measures === undefined ? {} : { metrics: { text: measures } }),
    ...(projectStorage === undefined ? {} : { artifacts: { maxProjectBytes: projectStorage } }),
    ...(gcAfterDays === undefined ? {} : { deletion: { gcAfterDays } }),
    access: {
      sessionSecret: plan.secrets.sessionSecret,
      operatorToken: [...(local ? [plan.secrets.adminToken] : []), ...(operatorToken ? [operatorToken] : [])],
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    },
  };
}

/** The host app of the standalone server: Assay, health, and the local forge's management. */
@Module({})
export class StandaloneModule {
  static for(plan: ServerPlan, measures?: Measures): DynamicModule {
    const local = plan.configuration.forge.kind === 'local';
    return {
      module: StandaloneModule,
      imports: [AssayModule.forRoot({ ...assayOptions(plan, measures), metricsPath: 'metrics' })],
      providers: local ? [LocalForgeService, { provide: serverSecrets, useValue: plan.secrets }] : [],
      controllers: [HealthController, HomeController, ...(local ? [LocalForgeController] : [])],
    };
  }
}
