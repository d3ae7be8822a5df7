import { checkExperimentName, checkExperimentTag, checkNewExperiment } from './experiment-rules';

describe('an experiment', () => {
  it('needs a name of at most 500 characters', () => {
    expect(() => {
      checkExperimentName('');
    }).toThrow('name is empty');
    expect(() => {
      checkExperimentName('x'.repeat(501));
    }).toThrow('name exceeds the maximum length of 500 characters');
    expect(() => {
      checkExperimentName('😀'.repeat(500));
    }).not.toThrow();
  });

  it('may be named with any characters but those that cannot be stored', () => {
    expect(() => {
      checkExperimentName('!42 / ../ <b>"\'');
    }).not.toThrow();
    expect(() => {
      checkExperimentName('a\0');
    }).toThrow('NUL');
  });

  it('has tags of at most 20,000 characters', () => {
    expect(() => {
      checkExperimentTag({ name: 'note', value: 'x'.repeat(20_000) }, 'tags[0]');
    }).not.toThrow();
    expect(() => {
      checkExperimentTag({ name: 'note', value: 'x'.repeat(20_001) }, 'tags[0]');
    }).toThrow('tags[0].value exceeds the maximum length of 20000 characters');
    expect(() => {
      checkExperimentTag({ name: 'x'.repeat(251), value: '' }, 'tags[0]');
    }).toThrow('tags[0].name exceeds the maximum length of 250 characters');
  });

  it('keeps its artifacts at a place of at most 2,048 characters', () => {
    expect(() => {
      checkNewExperiment({ name: 'a', artifactLocation: 'x'.repeat(2_049), tags: [], createdBy: 'ada' });
    }).toThrow('artifact_location exceeds');
  });
});
