import type { HttpRequest } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { requestPath } from '../node/programs/http-response.ts'
import type { ContainerProcess, ContainerProgram, Run } from '../node/programs/program.ts'
import { apache, type Page } from './php-apache.ts'
import { DEBIAN } from './program-sets.ts'
import { decodeAnswer } from './sql/session.ts'

function variable(process: ContainerProcess, name: string, otherwise: string): string {
  const file = process.env.get(`${name}_FILE`)
  return process.env.get(name) ?? (file === undefined ? undefined : process.files.read(file)?.trim()) ?? otherwise
}

/** Whether its database lets it in. */
function connects(process: ContainerProcess): boolean {
  const [host = 'mysql', port] = variable(process, 'WORDPRESS_DB_HOST', 'mysql').split(':')
  const [address] = process.network.lookup(process.place, host).addresses
  if (address === undefined) return false
  const call = {
    user: variable(process, 'WORDPRESS_DB_USER', 'example username'),
    password: variable(process, 'WORDPRESS_DB_PASSWORD', 'example password'),
    database: '',
    sql: `create database if not exists ${variable(process, 'WORDPRESS_DB_NAME', 'wordpress')}`,
    local: false,
  }
  const exchange = process.network.connect(
    process.place,
    { address, port: Number(port ?? 3306) },
    { text: JSON.stringify(call) },
  )
  const answer = decodeAnswer(exchange.reply)
  return answer?.kind === 'results' && answer.results.every(({ kind }) => kind !== 'error')
}

const html = (title: string, body: string): string =>
  `<!DOCTYPE html>\n<html lang="en-US">\n<head>\n\t<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n\t<title>${title}</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`

/** Until somebody has gone through its installation, every page leads there; without a database nothing works. */
function pageOf(process: ContainerProcess, request: HttpRequest): Page {
  if (!connects(process))
    return { status: 500, body: html('Database Error', '<h1>Error establishing a database connection</h1>') }
  const path = requestPath(request) ?? '/'
  if (path.startsWith('/wp-admin/install.php'))
    return {
      status: 200,
      body: html(
        'WordPress &rsaquo; Installation',
        '<h1>Welcome</h1>\n<p>Welcome to the famous five-minute WordPress installation process!</p>',
      ),
    }
  return {
    status: 302,
    body: '',
    headers: [
      ['Location', `http://${request.host}/wp-admin/install.php`],
      ['Content-Type', 'text/html; charset=UTF-8'],
    ],
  }
}

const entrypoint: ContainerProgram = {
  name: 'docker-entrypoint.sh',
  *run(process): Run {
    const argv = process.argv.slice(1)
    const program = process.programs.get(argv[0] ?? '')
    if (argv[0] === 'apache2-foreground' && process.files.read('/var/www/html/index.php') === undefined) {
      process.err('WordPress not found in /var/www/html - copying now...\n')
      process.files.write('/var/www/html/index.php', '<?php\n')
      process.err('Complete! WordPress has been successfully copied to /var/www/html\n')
      process.err(
        "No 'wp-config.php' found in /var/www/html, but 'WORDPRESS_...' variables supplied; copying 'wp-config-docker.php' (WORDPRESS_DB_HOST)\n",
      )
    }
    if (program !== undefined) return yield* program.run({ ...process, argv })
    process.err(`/usr/local/bin/docker-entrypoint.sh: line 78: exec: ${argv[0]}: not found\n`)
    return 127
  },
}

/** The official WordPress image with Apache. */
export const wordpress = defineImage({
  repository: 'docker.io/library/wordpress',
  tags: ['latest', 'apache', /^[4-6](\.\d+){0,2}(-(php[\d.]+-)?apache)?$/, /^php[\d.]+-apache$/],
  sizeBytes: 254_000_000,
  usage: { cpuMilli: 2, memoryBytes: 46_000_000, cpuMsPerRequest: 8 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['apache2-foreground'],
  workingDir: '/var/www/html',
  files: { '/var/www/html': { directory: true } },
  servers: [entrypoint, apache('apache2-foreground', pageOf)],
  programs: [...DEBIAN, 'curl'],
})
