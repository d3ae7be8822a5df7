import { join } from 'node:path';
import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { runPython } from '../support/mlflow-client';
import { describePart } from '../support/parts';

const clients = ['mlflow3', 'mlflow2'] as const;
const scripts = {
  'a scikit-learn sweep with autologging, nested runs and datasets': 'sweep.py',
  'metrics with steps, NaN and infinities, params and tags': 'tracking.py',
  'figures, texts and folders as artifacts, under any name': 'artifacts.py',
  'models with signature and example, loaded back through runs:/': 'models.py',
  'searching runs and experiments': 'search.py',
  'creating, renaming, deleting and restoring, and every refusal': 'lifecycle.py',
  'what its users rely on, and the list of it in test/mlflow/semantics': 'semantics.py',
};
/** What 2.x does not have. */
const laterScripts = {
  'logged models, found by what they reach on a dataset': 'logged_models.py',
};

for (const client of clients) {
  describePart(client, `the unmodified Python client ${client}`, () => {
    let server: AssayServer;

    beforeAll(async () => {
      server = await startAssay();
    });

    afterAll(async () => {
      await server.stop();
    });

    async function run(script: string, { tracking_uri: uri }: CreatedProject, env: Record<string, string>) {
      const result = await runPython(client, join(__dirname, 'python', script), {
        env: { MLFLOW_TRACKING_URI: uri, ...env },
      });
      if (result.code !== 0) {
        throw new Error(
          `${script} failed:\n${result.stderr.slice(-3_000)}\nThe server:\n${server.output().slice(-2_000)}`,
        );
      }
      expect(result.stdout).toMatch(/^ok$/m);
    }

    const all = client === 'mlflow3' ? { ...scripts, ...laterScripts } : scripts;
    for (const [title, script] of Object.entries(all)) {
      it(`does ${title} with a project access token`, async () => {
        const project = await server.createProject(`clients/${client}-${script.replace('.py', '')}`);
        await run(script, project, { MLFLOW_TRACKING_TOKEN: project.token });
      });
    }

    it('is known by user name and password, the token in place of the password', async () => {
      const project = await server.createProject(`clients/${client}-basic`);
      await run('who.py', project, { MLFLOW_TRACKING_USERNAME: 'anybody', MLFLOW_TRACKING_PASSWORD: project.token });
    });

    it('is known by the token of a user who may write, and takes the path of the project as well as its id', async () => {
      const project = await server.createProject(`clients/${client}-user`);
      const user = `ada-${client}`;
      await server.createUser(user);
      await server.addMember(project.project, user, 'write');
      const { token } = await server.createToken(user);
      const byPath = project.tracking_uri.replace(
        `/${project.project_id}/`,
        `/${encodeURIComponent(project.project)}/`,
      );
      expect(byPath).not.toBe(project.tracking_uri);
      await run('who.py', { ...project, tracking_uri: byPath }, { MLFLOW_TRACKING_TOKEN: token });
    });

    it('is told why, without waiting, when the token is wrong or may not write', async () => {
      const project = await server.createProject(`clients/${client}-refused`);
      const code = 'from mlflow import MlflowClient; MlflowClient().create_run("0")';
      const reader = await server.createProjectToken(project.project, 'read');
      for (const [token, says] of [
        ['glpat-wrong', 'UNAUTHENTICATED'],
        [reader.token, 'PERMISSION_DENIED'],
      ] as const) {
        const env = { MLFLOW_TRACKING_URI: project.tracking_uri, MLFLOW_TRACKING_TOKEN: token };
        const result = await runPython(client, code, { env, within: 30_000 });
        expect(result.code).toBe(1);
        expect(result.stderr).toContain(says);
      }
    });
  });
}
