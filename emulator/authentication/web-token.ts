/** JSON web tokens (RFC 7515, 7519): what a ServiceAccount's token is made of. */
import { base64Of, decodeBase64, utf8Bytes } from '../api/base64.ts'
import { isRecord } from '../api/json.ts'
import { sha256 } from '../api/sha256.ts'
import { longSignature } from './hmac.ts'

export type Claims = Readonly<Record<string, unknown>>

/** Signs and reads the tokens of one cluster. */
export interface TokenSigner {
  /** The public key as RFC 7517 writes it; as the signature, it has the right form and checks nothing. */
  publicKey(): object
  sign(claims: Claims): string
  /** The claims of a token that this cluster signed; undefined for any other text. */
  read(token: string): Claims | undefined
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Tokens look as the API server signs them (RS256, a signature of 256 bytes), but the signature is keyed by `secret`
 * alone: the cluster recognises its own tokens, and nobody else can check them.
 */
export function createTokenSigner(secret: string): TokenSigner {
  const kid = base64Url(sha256(`key id ${secret}`))
  const header = part({ alg: 'RS256', kid })
  const signature = (signed: string): string => base64Url(longSignature(secret, signed))
  return {
    publicKey: () => {
      const modulus = base64Url(longSignature(secret, 'modulus'))
      return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n: modulus, e: 'AQAB' }
    },
    sign(claims) {
      const signed = `${header}.${part(claims)}`
      return `${signed}.${signature(signed)}`
    },
    read(token) {
      const [head, payload, given, ...rest] = token.split('.')
      if (head !== header || payload === undefined || rest.length > 0) return undefined
      if (given !== signature(`${head}.${payload}`)) return undefined
      const claims: unknown = JSON.parse(decodeUrl(payload) ?? 'null')
      return isRecord(claims) ? claims : undefined
    },
  }
}

const part = (value: object): string => base64Url(utf8Bytes(JSON.stringify(value)))

const base64Url = (bytes: ArrayLike<number>): string => base64Of(bytes, ALPHABET, '')

function decodeUrl(text: string): string | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/')
  return decodeBase64(standard.padEnd(Math.ceil(text.length / 4) * 4, '='))
}
