import { defaultSettings } from './project';
import { applyPatch } from './settings';

const chosen = applyPatch(defaultSettings, { primaryMetric: { name: 'accuracy', direction: 'maximize' } });

describe('a change of the settings', () => {
  it('keeps what it leaves out', () => {
    expect(applyPatch(chosen, { comment: false })).toEqual({
      comment: false,
      statusContext: 'experiments',
      primaryMetric: { name: 'accuracy', direction: 'maximize' },
    });
  });

  it('takes the primary metric away with null', () => {
    expect(applyPatch(chosen, { primaryMetric: null })).toEqual(defaultSettings);
  });

  it.each([
    [{ statusContext: ' ' }, 'status_context'],
    [{ statusContext: 'x'.repeat(101) }, 'status_context'],
    [{ primaryMetric: { name: 'x'.repeat(251), direction: 'minimize' as const } }, 'primary_metric.name'],
  ])('names the field of %j', (patch, field) => {
    expect(() => applyPatch(chosen, patch)).toThrow(`${field} must have 1 to`);
  });
});
