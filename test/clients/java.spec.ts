import { join } from 'node:path';
import { startTestServer, type TestServer } from '../mlflow/support';
import { runJava } from '../support/mlflow-java-client';
import { describePart } from '../support/parts';

describePart('mlflowJava', 'the unmodified Java client', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  it('creates, logs, finds, ends, deletes and restores, and is told of refusals', async () => {
    const { uri, project } = await server.project();
    const env = { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: project.writer };
    const { code, stdout, stderr } = await runJava(join(__dirname, 'java/Tracking.java'), env);
    if (code !== 0) throw new Error(`${stdout}\n${stderr.slice(-4_000)}`);
    expect(stdout).toMatch(/^ok$/m);
  }, 150_000);
});
