import { describe, expect, it } from 'vitest';
import { type CopyEvidence, judgeCopies, provenByCall } from '../../../src/linux/path-proof.ts';

const MIB = 1 << 20;
const UNPROVEN = { offloadBytes: null, emulationBytes: null, proof: 'unproven' };

function judge(evidence: Partial<CopyEvidence>) {
  return judgeCopies({
    copiedBytes: MIB,
    regionBytes: MIB,
    fileSystem: 'xfs',
    extents: null,
    untouched: true,
    deviceWrittenBytes: null,
    ...evidence,
  });
}

/** The rest of a MiB is a hole. */
function extents(sharedBytes: number, ownBytes: number) {
  return { sharedBytes, ownBytes, holeBytes: MIB - sharedBytes - ownBytes };
}

describe('by the call', () => {
  it('knows what a clone or a splice did', () => {
    expect(provenByCall(MIB, 0)).toEqual({ offloadBytes: MIB, emulationBytes: 0, proof: 'call' });
  });

  it('has nothing to prove where nothing was copied', () => {
    const nothing = judge({ copiedBytes: 0, regionBytes: 0, fileSystem: 'tmpfs' });
    expect(nothing).toEqual({ offloadBytes: 0, emulationBytes: 0, proof: 'call' });
  });
});

describe('by extents', () => {
  it('takes shared extents for an offload', () => {
    const verdict = { offloadBytes: MIB, emulationBytes: 0, proof: 'extents' };
    expect(judge({ extents: extents(MIB, 0) })).toEqual(verdict);
    // However little is known of the rest.
    const elsewhere = { extents: extents(MIB, 0), fileSystem: 'overlay', untouched: false };
    expect(judge(elsewhere)).toEqual(verdict);
  });

  it('takes extents of its own for a splice, on a file system that has no third way', () => {
    const verdict = { offloadBytes: 0, emulationBytes: MIB, proof: 'extents' };
    for (const fileSystem of ['xfs', 'ext4', 'btrfs', 'f2fs']) {
      expect(judge({ fileSystem, extents: extents(0, MIB) })).toEqual(verdict);
    }
    for (const fileSystem of ['nfs4', 'cifs', 'ceph', 'fuse.sshfs', 'overlay', null]) {
      expect(judge({ fileSystem, extents: extents(0, MIB) })).toEqual(UNPROVEN);
    }
  });

  it('divides what is partly shared', () => {
    const verdict = { offloadBytes: MIB - 4096, emulationBytes: 4096, proof: 'extents' };
    expect(judge({ extents: extents(MIB - 4096, 4096) })).toEqual(verdict);
  });

  it('takes a hole beside shared extents for remapped: a splice would have written zeros', () => {
    const remapped = { offloadBytes: MIB, emulationBytes: 0, proof: 'extents' };
    expect(judge({ extents: extents(4096, 0) })).toEqual(remapped);
    const partly = { offloadBytes: MIB - 8192, emulationBytes: 8192, proof: 'extents' };
    expect(judge({ extents: extents(4096, 8192) })).toEqual(partly);
  });

  it('believes no holes alone: a copy that never happened leaves them too', () => {
    expect(judge({ extents: extents(0, 0), deviceWrittenBytes: 0 })).toEqual(UNPROVEN);
    expect(judge({ extents: extents(0, MIB / 2), deviceWrittenBytes: 0 })).toEqual(UNPROVEN);
  });

  it('says the same of copies that were overwritten by their like, but not of a mixture', () => {
    const again = { copiedBytes: 3 * MIB };
    const remapped = { offloadBytes: 3 * MIB, emulationBytes: 0, proof: 'extents' };
    expect(judge({ ...again, extents: extents(MIB, 0) })).toEqual(remapped);
    const spliced = { offloadBytes: 0, emulationBytes: 3 * MIB, proof: 'extents' };
    expect(judge({ ...again, extents: extents(0, MIB) })).toEqual(spliced);
    expect(judge({ ...again, extents: extents(MIB / 2, MIB / 2) })).toEqual(UNPROVEN);
  });

  it('does not believe extents of its own that a later write may have made', () => {
    expect(judge({ untouched: false, extents: extents(0, MIB) })).toEqual(UNPROVEN);
    expect(judge({ untouched: false, extents: extents(4096, MIB - 4096) })).toEqual(UNPROVEN);
  });
});

describe('by the device', () => {
  it('sees that data moved, or that it did not', () => {
    const vfat = { fileSystem: 'vfat' };
    const moved = { offloadBytes: 0, emulationBytes: MIB, proof: 'device' };
    expect(judge({ ...vfat, deviceWrittenBytes: MIB + 8192 })).toEqual(moved);
    const stayed = { offloadBytes: MIB, emulationBytes: 0, proof: 'device' };
    expect(judge({ ...vfat, deviceWrittenBytes: 16384 })).toEqual(stayed);
  });

  it('does not take the copy of a daemon for one of the kernel', () => {
    expect(judge({ fileSystem: 'fuseblk', deviceWrittenBytes: MIB })).toEqual(UNPROVEN);
  });

  it('does not guess in between, nor where others wrote', () => {
    expect(judge({ fileSystem: 'vfat', deviceWrittenBytes: MIB / 2 })).toEqual(UNPROVEN);
    const touched = { fileSystem: 'vfat', deviceWrittenBytes: MIB, untouched: false };
    expect(judge(touched)).toEqual(UNPROVEN);
  });

  it('is not asked where some extents are shared', () => {
    const mixed = { fileSystem: 'overlay', extents: extents(4096, MIB - 4096) };
    expect(judge({ ...mixed, deviceWrittenBytes: MIB })).toEqual(UNPROVEN);
  });
});

it('proves nothing without a witness', () => {
  expect(judge({ fileSystem: 'tmpfs' })).toEqual(UNPROVEN);
  expect(judge({ fileSystem: 'nfs4' })).toEqual(UNPROVEN);
});
