import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, hex. */
export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');

// RFC 9162 tells leaves from nodes by their first byte; in UTF-8 U+0000 is that byte
const LEAF = '\0';

/** The leaf of an event in the log's Merkle tree: SHA-256(0x00 ‖ envelope). */
export const leafHash = (envelope: string): Buffer =>
  // by way of a string of bytes, which takes half the time of asking for a Buffer
  Buffer.from(hash('sha256', LEAF + envelope, 'binary'), 'binary');

export const leafHex = (envelope: string): string => hash('sha256', LEAF + envelope, 'hex');
