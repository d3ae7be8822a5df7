import { runPython } from '../../support/mlflow-client';
import { describePart } from '../../support/parts';
import { logTrials, startExportWorld, type ExportWorld } from './exporting';

const program = `
import io, json, os, urllib.request
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

addresses = json.loads(os.environ["ADDRESSES"])

def fetch(name):
    request = urllib.request.Request(addresses[name], headers={"Authorization": "Bearer " + os.environ["TOKEN"]})
    with urllib.request.urlopen(request) as answer:
        return io.BytesIO(answer.read())

def seen(frame):
    return {
        "names": list(frame["name"]),
        "loss": [repr(value) for value in frame["metrics.loss"]],
        "accuracy": [repr(value) for value in frame["metrics.acc/top 1"]],
        "note": [None if pd.isna(value) else value for value in frame["params.note"]],
        "started": [pd.Timestamp(value).isoformat() for value in frame["started_at"]],
    }

table = pq.read_table(fetch("parquet"))
points = pd.read_csv(fetch("points"), parse_dates=["tracked_at"])
print(json.dumps({
    "csv": seen(pd.read_csv(fetch("csv"), parse_dates=["started_at", "ended_at", "created_at"])),
    "json": seen(pd.read_json(fetch("json"), convert_dates=["started_at"]).astype({"metrics.loss": float, "metrics.acc/top 1": float})),
    "ndjson": seen(pd.read_json(fetch("ndjson"), lines=True, convert_dates=["started_at"]).astype({"metrics.loss": float, "metrics.acc/top 1": float})),
    "parquet": seen(pd.read_parquet(fetch("parquet"))),
    "arrow": {name: str(table.schema.field(name).type) for name in ["iid", "name", "metrics.loss", "params.lr", "started_at"]},
    "points": [points.shape, str(points["tracked_at"].dtype), str(points["value"].dtype), list(points["step"])],
}))
`;

describePart('mlflow3', 'exports in pandas and pyarrow', () => {
  let world: ExportWorld;

  beforeAll(async () => {
    world = await startExportWorld();
    await logTrials(world);
  });
  afterAll(() => world.close());

  it('hold the same candidates whatever the format', async () => {
    const addresses = {
      ...Object.fromEntries(
        ['csv', 'json', 'ndjson', 'parquet'].map((format) => [format, world.address('candidates/export', { format })]),
      ),
      points: world.address('metrics/export'),
    };
    const env = { ADDRESSES: JSON.stringify(addresses), TOKEN: world.tokens.reader };
    const { code, stdout, stderr } = await runPython('mlflow3', program, { env });
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const told = JSON.parse(stdout) as Record<string, unknown>;
    const seen = (zone: string): object => ({
      names: ['odd, "one"', 'failed', 'bare'],
      loss: ['nan', '2.0', 'nan'],
      accuracy: ['inf', 'nan', 'nan'],
      note: ['日本\n"ah"', null, null],
      started: [2, 1, 0].map((second) => `2023-11-14T22:13:${20 + second}${zone}`),
    });
    expect(told).toEqual({
      csv: seen('+00:00'),
      json: seen(''),
      ndjson: seen(''),
      parquet: seen('+00:00'),
      arrow: {
        iid: 'int64',
        name: 'string',
        'metrics.loss': 'double',
        'params.lr': 'string',
        started_at: 'timestamp[ms, tz=UTC]',
      },
      points: [[4, 5], expect.stringMatching(/^datetime64\[.*UTC\]$/), 'float64', [0, 0, 1, 5]],
    });
  });
});
