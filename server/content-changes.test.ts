import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { watchContent } from './content-changes.ts'
import { listen } from './listen.ts'

test('an open page hears of a file that is saved, in folders too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-changes-'))
  mkdirSync(join(folder, 'lessons/first'), { recursive: true })
  const changes = watchContent(folder)
  const server = createServer((_, response) => changes.serve(response))
  const address = await listen(server, { port: 0, host: '127.0.0.1' })
  const response = await new Promise<IncomingMessage>((resolve) => get(address, resolve))
  response.setEncoding('utf8')
  let heard = ''
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (heard.includes(text)) resolve()
        else response.once('data', look)
      }
      look()
    })
  response.on('data', (data: string) => {
    heard += data
  })
  await until('listening')
  writeFileSync(join(folder, 'lessons/first/lesson.ko.mdx'), 'x')
  await until('event: changed')
  const ended = new Promise((resolve) => response.once('end', resolve))
  changes.close()
  await ended
  server.close()
  rmSync(folder, { recursive: true })
  expect(heard).toMatch(/^: listening\n\n(event: changed\ndata:\n\n)+$/)
})
