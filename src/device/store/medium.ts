/** Where a store's content lies: bytes by position. What was never written there is never read. */

export interface Medium {
  read(position: number, length: number, into: Uint8Array, at: number): void;
  write(position: number, length: number, from: Uint8Array, at: number): void;
  close(): void;
}
