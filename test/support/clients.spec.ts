import { launchChromium } from './chromium';
import { runPython } from './mlflow-client';
import { describePart } from './parts';

describePart(['mlflow3', 'mlflow2'], 'the Python clients', () => {
  it('are MLflow 3.x and 2.x, and take their environment and arguments from the test alone', async () => {
    const code =
      'import sys, mlflow.version as v, os; print(v.VERSION, os.environ["MLFLOW_TRACKING_URI"], sys.argv[1])';
    const options = { env: { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9/x' }, args: ['one'] };
    const [three, two] = [await runPython('mlflow3', code, options), await runPython('mlflow2', code, options)];
    expect(three).toMatchObject({ code: 0, stdout: '3.17.2 http://127.0.0.1:9/x one\n' });
    expect(two.code).toBe(0);
    expect(two.stdout).toMatch(/^2\.\d+\.\d+ /);
  });

  it('show how a program ended, and are killed when it does not end', async () => {
    const failed = await runPython('mlflow3', 'import sys; sys.exit("no")');
    expect(failed).toEqual({ code: 1, stdout: '', stderr: 'no\n' });
    await expect(runPython('mlflow3', 'while True: pass', { within: 300 })).rejects.toThrow('within 300 ms');
  });
});

describePart('chromium', 'the browser', () => {
  it('opens a page', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.setContent('<h1>Assay</h1>');
      await expect(page.textContent('h1')).resolves.toBe('Assay');
    } finally {
      await browser.close();
    }
  });
});
