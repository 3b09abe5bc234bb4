//! The public, and the pages of others.

use crate::driver::Browser;
use crate::looks::Eye;
use crate::world::{PAYLOAD, World};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// Somebody searches, reads a list and a provider's page, and objects to a notice.
pub fn look_around(world: &World, eye: &Eye, scripts: bool) {
    let visitor = world.browser(scripts);
    visitor.open("/");
    eye.look(&visitor, "home");
    search(&visitor, eye);
    visitor.open("/lists");
    eye.look(&visitor, "lists");
    visitor.press("main table a[href^='/lists/']");
    eye.look(&visitor, "list");
    assert!(visitor.count("main table tbody tr") > 0, "{}", visitor.words());
    object(world, &visitor, eye);
}

fn search(visitor: &Browser, eye: &Eye) {
    visitor.open("/providers");
    visitor.fill("q", "平台");
    if visitor.scripts {
        visitor.until("names that match", |visitor| visitor.count("datalist option") > 0);
    }
    visitor.press("form.pool-search .primary");
    visitor.until("answer", |visitor| visitor.path().contains("q="));
    assert!(visitor.count("main table tbody tr") > 0, "{}", visitor.words());
    eye.look(visitor, "providers");
    visitor.press("main table a[href^='/providers/']");
    visitor.one("[itemprop=name]");
    eye.look(visitor, "provider");
    // What was typed is shown again, and is still nothing but text.
    visitor.open("/providers");
    visitor.fill("q", PAYLOAD);
    visitor.press("form.pool-search .primary");
    visitor.until("answer", |visitor| visitor.path().contains("q="));
    let typed = visitor.script("return document.querySelector('[name=q]').value", &[]);
    assert!(typed.as_str().is_some_and(|typed| typed.contains("<img")), "{typed}");
    eye.look(visitor, "providers-none");
}

fn object(world: &World, visitor: &Browser, eye: &Eye) {
    visitor.open("/notices");
    eye.look(visitor, "notices");
    visitor.follow(&format!("{}年度", world.year()));
    eye.look(visitor, "notice");
    visitor.press("main a[href$='/objections/new']");
    eye.look(visitor, "objection-new");
    // Asked again, nothing is lost but the file.
    visitor.fill("name", "郑俊杰");
    visitor.fill("phone", "020-83133000");
    visitor.fill("email", "objector@example.net");
    visitor.fill("matter", &format!("案例与事实不符。{PAYLOAD}"));
    visitor.press("main form .primary");
    visitor.one("[data-tone=error]");
    eye.look(visitor, "objection-asked-again");
    let matter = visitor.script("return document.querySelector('[name=matter]').value", &[]);
    assert!(matter.as_str().is_some_and(|matter| matter.contains(PAYLOAD)), "{matter}");
    let source = "return document.querySelector('main [name=application]').options[1].value";
    let application = visitor.script(source, &[]);
    visitor.fill("application", application.as_str().unwrap_or_default());
    let paper = world.paper(if visitor.scripts { "evidence1" } else { "evidence2" });
    visitor.fill("evidence", &paper.display().to_string());
    visitor.press("main form .primary");
    visitor.one("article.receipt");
    visitor.shows("异议〔");
    eye.look(visitor, "objection-receipt");
}

/// A form on a page of another site, sent by itself or by a button, does nothing here: neither from another port of the
/// same host, whose cookies go along, nor from another host.
pub fn come_from_elsewhere(world: &World, scripts: bool) {
    let port = another_site(&format!("http://{}/session/end", world.test.address));
    let browser = world.signed_in(&world.cast.handler.email, scripts);
    for host in ["127.0.0.1", "localhost"] {
        browser.go(&format!("http://{host}:{port}/"));
        if !scripts {
            browser.press("button");
        }
        browser.arrives("/session/end");
        browser.shows("请求不是从本站页面发出的");
        browser.open("/desk");
        assert_eq!(browser.path(), "/desk", "{host}: still signed in");
    }
    // The same form of our own page does it.
    browser.open("/desk");
    browser.press("details.menu summary");
    browser.press("form[data-sign-out] button");
    browser.arrives("/");
    browser.open("/desk");
    browser.arrives("/session/new");
}

/// A site with one page, whose form goes to `action`; its port. It ends with the process.
fn another_site(action: &str) -> u16 {
    let page = format!(
        "<!doctype html><title>elsewhere</title><form method=post action={action}><input name=csrf value=guessed>\
         <button>send</button></form><script>document.forms[0].submit()</script>"
    );
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let page = page.clone();
            // A browser opens connections that it may never use.
            std::thread::spawn(move || {
                let asked = BufReader::new(stream.try_clone().expect("the same connection")).lines();
                let is_whole = asked.map_while(Result::ok).any(|line| line.is_empty());
                if is_whole {
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length:";
                    let _ = write!(stream, "{head} {}\r\n\r\n{page}", page.len());
                }
            });
        }
    });
    port
}
