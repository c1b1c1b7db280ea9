import { readCertificate, sha256 } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'

/** What joining nodes compare the authority's certificate with: the digest of its SubjectPublicKeyInfo. */
export async function publicKeyHash({ files }: Pick<CommandContext, 'files'>): Promise<string> {
  const authority = readCertificate((await files.read('/etc/kubernetes/pki/ca.crt')) ?? '')
  const bytes = (authority?.publicKey ?? []).map((byte) => String.fromCharCode(byte)).join('')
  return sha256(bytes)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
