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
    [{ statusContext: ' ' }, 'status_context is empty'],
    [{ statusContext: 'x'.repeat(101) }, 'status_context exceeds the maximum length of 100'],
    [{ statusContext: 'a\nb' }, 'status_context holds line breaks'],
    [{ statusContext: 'a\0b' }, 'status_context holds a NUL'],
    [{ primaryMetric: { name: '', direction: 'minimize' as const } }, 'primary_metric.name is empty'],
    [{ primaryMetric: { name: 'x'.repeat(251), direction: 'minimize' as const } }, 'primary_metric.name exceeds'],
    [{ primaryMetric: { name: 'a"b', direction: 'minimize' as const } }, 'primary_metric.name is'],
  ])('refuses %j', (patch, message) => {
    expect(() => applyPatch(chosen, patch)).toThrow(message);
  });
});
