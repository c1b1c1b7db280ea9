import type { HttpRequest, HttpResponse } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { plain } from './api-proxy.ts'

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['json', 'application/json'],
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
])
const MOST_FILES = 500

/** The files of `kubectl proxy --www`, as they were when it started; undefined for paths outside of them. */
export async function fileServer(
  { files }: CommandContext,
  directory: string,
  prefix: string,
): Promise<(http: HttpRequest) => HttpResponse | undefined> {
  const texts = new Map<string, string>()
  const walk = async (path: string): Promise<void> => {
    if (texts.size >= MOST_FILES) return
    if (!(await files.isDirectory(path))) {
      texts.set(path.slice(directory.length).replace(/^\/+/, ''), (await files.read(path)) ?? '')
      return
    }
    for (const entry of await files.list(path)) await walk(`${path}/${entry}`)
  }
  await walk(directory)
  return (http) => {
    const [path = ''] = http.path.split('?')
    if (!path.startsWith(prefix)) return undefined
    const name = path.slice(prefix.length)
    const text = texts.get(name) ?? texts.get(`${name}${name === '' || name.endsWith('/') ? '' : '/'}index.html`)
    if (text === undefined) return plain(404, 'Not Found', '404 page not found\n')
    const type = TYPES.get(name.split('.').pop() ?? '') ?? 'text/plain; charset=utf-8'
    return plain(200, 'OK', text, [['Content-Type', type]])
  }
}
