//! The workbench: a local server for one folder of cases, and the page that talks to it.
//!
//! Nothing leaves the machine: the server binds to loopback unless told otherwise, the page
//! is inside the binary, and nothing is fetched from elsewhere. Who may talk to it: [`guard`];
//! which files it touches: [`folder`]; what it answers: [`api`], described in `schema/api.json`.

mod api;
pub(crate) use api::openapi;
mod assets;
mod folder;
mod guard;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use folder::Folder;
use guard::Guard;

/// What `serve` was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder of cases.
    pub(crate) dir: PathBuf,
    /// Another address to bind to than loopback, as the user wrote it.
    pub(crate) host: Option<String>,
    /// The port; 0: any that is free.
    pub(crate) port: u16,
}

/// What all requests share.
pub(crate) struct Workbench {
    pub(crate) folder: Folder,
    /// What is being computed for whom.
    pub(crate) running: api::Running,
}

/// Bodies: a text at the limit of the format, escaped as JSON, with its settings.
const BODY_LIMIT: usize = 12 << 20;

/// How long requests that are being answered may take when the server is stopped.
const GRACE: std::time::Duration = std::time::Duration::from_millis(500);

/// The routes, guarded.
fn router(workbench: Arc<Workbench>, guard: Guard) -> Router {
    Router::new()
        .nest("/api/v1", api::routes())
        .fallback(get(assets::asset))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(axum::middleware::from_fn_with_state(Arc::new(guard), guard::guard))
        .with_state(workbench)
}

/// Serves until the process is told to stop. `ready` gets the address to open.
///
/// # Errors
/// The folder cannot be opened, the address cannot be bound.
pub(crate) fn run(options: &Options, ready: impl FnOnce(&str)) -> io::Result<()> {
    let folder = Folder::open(&options.dir)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let wanted = address(options)?;
        let listener = tokio::net::TcpListener::bind(wanted).await?;
        let bound = listener.local_addr()?;
        let token = if bound.ip().is_loopback() { None } else { Some(token()?) };
        let name = options.host.clone().filter(|host| host.parse::<IpAddr>().is_err());
        let shown = name.clone().unwrap_or_else(|| match bound.ip() {
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        });
        let query = token.as_ref().map_or_else(String::new, |token| format!("?token={token}"));
        ready(&format!("http://{shown}:{}/{query}", bound.port()));
        let app = router(
            Arc::new(Workbench { folder, running: api::Running::default() }),
            Guard::new(bound, name, token),
        );
        let (stop, stopping) = tokio::sync::oneshot::channel::<()>();
        let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
            stopped().await;
            let _ = stop.send(());
        });
        // Open pages listen for changes for ever: they are not waited for.
        tokio::select! {
            served = serving => served,
            () = async {
                let _ = stopping.await;
                tokio::time::sleep(GRACE).await;
            } => Ok(()),
        }
    })
}

fn address(options: &Options) -> io::Result<SocketAddr> {
    let Some(host) = &options.host else {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port));
    };
    (host.as_str(), options.port)
        .to_socket_addrs()?
        .next()
        .ok_or_else(|| io::Error::new(io::ErrorKind::AddrNotAvailable, format!("`{host}` has no address")))
}

/// 256 random bits from the system, in hexadecimal.
fn token() -> io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(blake3::Hash::from_bytes(bytes).to_hex().to_string())
}

async fn stopped() {
    // Where the signal cannot be watched, the process is stopped without ceremony: saving is
    // atomic, so nothing is lost.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests;
