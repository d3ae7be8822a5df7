import { describePart } from '../../support/parts';
import { startTestServer, type TestServer } from '../support';
import { compare } from './compare';
import { differences } from './differences';
import { startMlflowServer, type MlflowServer } from './mlflow-server';
import { scenarios } from './scenarios';
import type { Side } from './step';

describePart('mlflow3', 'MLflow’s own server and ours, asked the same', () => {
  let mlflow: MlflowServer;
  let assay: TestServer;
  let sides: { theirs: Side; ours: Side };

  beforeAll(async () => {
    [mlflow, assay] = await Promise.all([startMlflowServer(), startTestServer()]);
    const { uri, project } = await assay.project();
    sides = {
      theirs: { uri: mlflow.uri, headers: {} },
      ours: { uri, headers: { authorization: `Bearer ${project.writer}` } },
    };
  }, 180_000);

  afterAll(async () => {
    await Promise.all([mlflow.stop(), assay.close()]);
  });

  // One after the other: both servers count experiments, so their numbers stay the same.
  for (const scenario of scenarios) {
    it(`answer alike about ${scenario.title}, but for the differences that are listed`, async () => {
      expect(await compare(scenario, sides, differences)).toEqual([]);
    }, 120_000);
  }

  it('differ in nothing that no request asks for', () => {
    const names = scenarios.flatMap(({ title, steps }) => steps.map(({ name }) => `${title} / ${name}`));
    expect(Object.keys(differences).filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
