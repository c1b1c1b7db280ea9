import type { Configuration, Location, VirtualServer } from './configuration.ts'

/** What `cat /etc/nginx/nginx.conf` shows: what routing uses of the real template. Upstreams are chosen by Lua, not here. */
export function nginxConf({ servers }: Configuration): string {
  return `
# Configuration checksum: 0

# setup custom paths that do not require root access
pid /tmp/nginx/nginx.pid;

daemon off;

worker_processes 2;

events {
	multi_accept        on;
	worker_connections  16384;
	use                 epoll;
}

http {
	server_tokens off;
	log_format upstreaminfo '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id';
	access_log /var/log/nginx/access.log upstreaminfo;
	error_log  /var/log/nginx/error.log notice;

	upstream upstream_balancer {
		server 0.0.0.1; # placeholder
		balancer_by_lua_file /etc/nginx/lua/nginx/ngx_conf_balancer.lua;
	}

${servers.map(serverBlock).join('\n')}}
`
}

function serverBlock(server: VirtualServer): string {
  const name = server.host.startsWith('*.')
    ? `~^(?<subdomain>[\\w-]+)\\${server.host.slice(1).replaceAll('.', '\\.').replace(/^\\/, '')}$`
    : server.host
  const fallback = server.host === '_' ? ' default_server reuseport backlog=4096' : ''
  return `	## start server ${server.host}
	server {
		server_name ${[name, ...server.aliases].join(' ')} ;

		listen 80${fallback} ;
		listen 443${fallback} ssl;

		set $proxy_upstream_name "-";

		ssl_certificate_by_lua_file /etc/nginx/lua/nginx/ngx_conf_certificate.lua;

${server.locations.map(locationBlock).join('\n')}	}
	## end server ${server.host}
`
}

function locationBlock(location: Location): string {
  const { match, path, ingress, options, backend } = location
  const head = { exact: `= ${path}`, prefix: path, regex: `~* "^${path}"` }[match]
  const rewrite =
    options.rewriteTarget === undefined || options.rewriteTarget === path
      ? []
      : [`rewrite "(?i)${path}" ${options.rewriteTarget} break;`]
  const lines = [
    `set $namespace      "${ingress?.namespace ?? ''}";`,
    `set $ingress_name   "${ingress?.name ?? ''}";`,
    `set $location_path  "${path}";`,
    `set $proxy_upstream_name "${backend}";`,
    ...options.allow.map((range) => `allow ${range};`),
    ...options.deny.map((range) => `deny ${range};`),
    ...(options.allow.length > 0 ? ['deny all;'] : []),
    ...options.limits.map(({ unit, burst }) => `limit_req zone=${zoneOf(location, unit)} burst=${burst} nodelay;`),
    ...(options.auth ? [`auth_request        /_external-auth-${path.replace(/\W/g, '')};`] : []),
    ...(options.users === undefined ? [] : [`auth_basic "${options.realm ?? ''}";`]),
    ...(location.addedHeaders ?? []).map(([name, value]) => `more_set_headers "${name}: ${value}";`),
    ...(options.redirect ? [`return ${options.redirect.status} ${options.redirect.to};`] : []),
    `client_max_body_size ${options.bodySize};`,
    `proxy_set_header Host ${options.upstreamHost === undefined ? '$best_http_host' : `"${options.upstreamHost}"`};`,
    `proxy_connect_timeout ${options.connectSeconds}s;`,
    `proxy_read_timeout ${options.readSeconds}s;`,
    ...rewrite,
    `proxy_pass ${options.protocol.startsWith('HTTPS') ? 'https' : 'http'}://upstream_balancer;`,
  ]
  return `		location ${head} {\n${lines.map((line) => `			${line}\n`).join('')}		}\n`
}

/** Name of the zone that counts a client's requests. */
export const zoneOf = ({ ingress }: Location, unit: 'second' | 'minute'): string =>
  `${ingress?.namespace ?? ''}_${ingress?.name ?? ''}_${unit === 'second' ? 'rps' : 'rpm'}`
