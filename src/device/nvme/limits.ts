/**
 * queue_limits of a namespace, from Identify data alone (nvme_set_ctrl_limits,
 * nvme_update_disk_info of drivers/nvme/host/core.c; copies as in the copy offload series v20:
 * MSSRL decides, MCL is not looked at, so a namespace with MCL < MSSRL refuses what the block layer
 * sends it).
 */

import { COPY_MAX_SECTORS } from '../../block/copy.ts';
import { type Limits, MAX_SECTORS_CAP } from '../../block/limits.ts';
import { type Bytes, PAGE_BYTES, SECTOR_BYTES, type Sectors } from '../../units/quantity.ts';
import type { decodeController, NamespaceIdentity } from './identify.ts';

/** NVME_MAX_KB_SZ of drivers/nvme/host/pci.c: 8 MiB. */
const MAX_TRANSFER_SECTORS: Sectors = 16_384;
/** NVME_MAX_SEGS of drivers/nvme/host/pci.c. */
export const MAX_SEGMENTS = 128;
/** NVME_DSM_MAX_RANGES of include/linux/nvme.h. */
export const DSM_MAX_RANGES = 256;
/** UINT_MAX bytes, in sectors. */
const DISCARD_MAX_SECTORS: Sectors = 8_388_607;

export function limitsOf(
  controller: ReturnType<typeof decodeController>,
  namespace: NamespaceIdentity,
): Limits {
  const { lbaBytes } = namespace;
  const blockSectors = lbaBytes / SECTOR_BYTES;
  const pageSectors = PAGE_BYTES / SECTOR_BYTES;
  const mdtsSectors = controller.mdts === 0 ? Infinity : pageSectors * (1 << controller.mdts);
  const maxHwSectors = Math.min(mdtsSectors, MAX_TRANSFER_SECTORS);
  const copySectors = controller.copy ? copyMaxBytes(namespace) / SECTOR_BYTES : 0;
  return {
    logicalBlockBytes: lbaBytes,
    maxHwSectors,
    maxSectors: Math.min(maxHwSectors, MAX_SECTORS_CAP),
    maxSegments: Math.min(maxHwSectors / pageSectors + 1, MAX_SEGMENTS),
    maxSegmentBytes: 0xffff_ffff,
    virtBoundaryBytes: PAGE_BYTES,
    maxDiscardSectors: DISCARD_MAX_SECTORS - (DISCARD_MAX_SECTORS % blockSectors),
    maxDiscardSegments: DSM_MAX_RANGES,
    maxWriteZeroesSectors: maxHwSectors,
    maxCopyHwSectors: copySectors,
    maxCopySectors: copySectors,
    writeCache: controller.writeCache,
  };
}

/**
 * Largest copy that is sent to a namespace: one range of MSSRL, and less than BLK_COPY_MAX_BYTES. 0
 * in either limit means that it cannot copy.
 */
export function copyMaxBytes({
  mssrl,
  mcl,
  lbaBytes,
}: Pick<NamespaceIdentity, 'mssrl' | 'mcl' | 'lbaBytes'>): Bytes {
  if (mssrl === 0 || mcl === 0) return 0;
  return Math.min(mssrl * lbaBytes, COPY_MAX_SECTORS * SECTOR_BYTES - lbaBytes);
}
