import { toFileInfo } from './file-info.presenter';

describe('A line of a listing on the wire', () => {
  it('is a file with its size', () => {
    expect(toFileInfo({ kind: 'file', name: 'a.txt', size: 0 }, '')).toEqual({
      path: 'a.txt',
      is_dir: false,
      file_size: 0,
    });
  });

  it('is a folder below the one that was listed', () => {
    expect(toFileInfo({ kind: 'folder', name: 'b' }, 'a')).toEqual({ path: 'a/b', is_dir: true });
  });
});
