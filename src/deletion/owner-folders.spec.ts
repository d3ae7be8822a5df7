import fc from 'fast-check';
import { asExperimentIid, parseEid, type CandidateEid } from '../common';
import { candidateFolder, modelFolder, ownerOf } from './owner-folders';

const iids = fc.nat().map(asExperimentIid);

describe('The owner of an artifact', () => {
  it('is read from its path, whatever the file is called', () => {
    fc.assert(
      fc.property(iids, fc.uuid(), fc.string({ minLength: 1 }), (experimentIid, uuid, name) => {
        const eid = parseEid(uuid) as CandidateEid;
        const folder = candidateFolder({ experimentIid, eid });
        expect(ownerOf(`${folder}/artifacts/${name}`)).toEqual({
          folder,
          owner: { kind: 'candidate', experimentIid, eid },
        });
        const id = `m-${uuid.replaceAll('-', '')}`;
        const model = modelFolder({ experimentIid, id });
        expect(ownerOf(`${model}/artifacts/${name}`)).toEqual({
          folder: model,
          owner: { kind: 'model', experimentIid, id },
        });
      }),
    );
  });

  it.each([
    '',
    'x',
    `0/${'a'.repeat(32)}`,
    `0/${'a'.repeat(31)}/artifacts/x`,
    `0/${'A'.repeat(32)}/artifacts/x`,
    `00/${'a'.repeat(32)}/artifacts/x`,
    `0/models/${'a'.repeat(32)}/x`,
    `0/models/m-${'a'.repeat(33)}/x`,
    `99999999999999999999/${'a'.repeat(32)}/x`,
  ])('is nobody for %j', (path) => {
    expect(ownerOf(path)).toBeUndefined();
  });
});
