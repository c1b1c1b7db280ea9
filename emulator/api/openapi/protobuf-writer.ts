/** The little of protobuf's wire format that an OpenAPI document needs: strings, flags and nested messages. */
import { utf8Bytes } from '../base64.ts'

const VARINT = 0
const DELIMITED = 2

/** Builds one message; empty strings and false flags are left out, as proto3 leaves out defaults. */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = []
  private size = 0

  text(field: number, value: unknown): this {
    return typeof value === 'string' && value !== '' ? this.delimited(field, utf8Bytes(value)) : this
  }

  flag(field: number, value: unknown): this {
    if (value === true) this.add(new Uint8Array([...varint(field * 8 + VARINT), 1]))
    return this
  }

  message(field: number, message: ProtobufWriter): this {
    return this.delimited(field, message.finish())
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const part of this.parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }

  private delimited(field: number, bytes: Uint8Array): this {
    this.add(new Uint8Array([...varint(field * 8 + DELIMITED), ...varint(bytes.length)]))
    this.add(bytes)
    return this
  }

  private add(bytes: Uint8Array): void {
    this.parts.push(bytes)
    this.size += bytes.length
  }
}

function varint(value: number): readonly number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}
