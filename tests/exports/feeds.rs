//! Feeds, read by a parser of XML that is not ours.

use super::*;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// An entry of either form: id, title, address, content, time of the last change, authors, categories.
type Entry = (String, String, String, String, String, Vec<String>, Vec<String>);

fn child<'a>(node: roxmltree::Node<'a, 'a>, name: &str) -> roxmltree::Node<'a, 'a> {
    let mut children = node.children().filter(|child| child.has_tag_name((ATOM, name)));
    let only = children.next().unwrap();
    assert!(name == "author" || name == "category" || name == "link" || children.next().is_none(), "{name} twice");
    only
}

fn text(node: roxmltree::Node<'_, '_>, name: &str) -> String {
    let node = node.children().find(|child| child.has_tag_name((ATOM, name))).unwrap();
    node.text().unwrap_or_default().to_owned()
}

fn link(node: roxmltree::Node<'_, '_>, rel: &str) -> Option<String> {
    let mut links = node.children().filter(|child| child.has_tag_name((ATOM, "link")));
    let link = links.find(|link| link.attribute("rel") == Some(rel))?;
    link.attribute("href").map(str::to_owned)
}

fn entries(feed: &str) -> Vec<Entry> {
    let document = roxmltree::Document::parse(feed).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let entries = feed.children().filter(|child| child.has_tag_name((ATOM, "entry")));
    let entry = |entry: roxmltree::Node<'_, '_>| {
        let named = |name: &str| -> Vec<roxmltree::Node<'_, '_>> {
            entry.children().filter(|child| child.has_tag_name((ATOM, name))).collect()
        };
        assert!(!text(entry, "published").is_empty());
        assert_eq!(child(entry, "content").attribute("type"), Some("html"));
        for category in named("category") {
            assert!(category.attribute("scheme").unwrap().contains("/v1/schemes/"), "{category:?}");
        }
        (
            text(entry, "id"),
            text(entry, "title"),
            link(entry, "alternate").unwrap(),
            text(entry, "content"),
            text(entry, "updated"),
            named("author").into_iter().map(|author| text(author, "name")).collect(),
            named("category").iter().map(|category| category.attribute("label").unwrap().to_owned()).collect(),
        )
    };
    entries.map(entry).collect()
}

fn items(feed: &Value) -> Vec<Entry> {
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let texts = |list: &Value, key: Option<&str>| -> Vec<String> {
        let items = list.as_array().unwrap().iter();
        items.map(|item| key.map_or(item, |key| &item[key]).as_str().unwrap().to_owned()).collect()
    };
    let item = |item: &Value| {
        (
            text(item, "id"),
            text(item, "title"),
            text(item, "url"),
            text(item, "content_html"),
            text(item, "date_modified"),
            texts(&item["authors"], Some("name")),
            texts(&item["tags"], None),
        )
    };
    feed["items"].as_array().unwrap().iter().map(item).collect()
}

#[tokio::test]
async fn both_forms_of_a_feed_say_the_same() {
    let site = Site::shared();
    for query in ["q=quotes", "unit=document&q=visas", "unit=document&q=nothing+whatever+visados", "q=zzzz"] {
        let (headers, atom) = site.get(&format!("/v1/feed.atom?{query}")).await;
        assert_eq!(headers["content-type"], "application/atom+xml; charset=utf-8");
        let (headers, json) = site.get(&format!("/v1/feed.json?{query}")).await;
        assert_eq!(headers["content-type"], "application/feed+json");
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(entries(&atom), items(&json), "{query}");
        let document = roxmltree::Document::parse(&atom).unwrap();
        let feed = document.root_element();
        assert_eq!(text(feed, "title"), json["title"].as_str().unwrap());
        for name in ["id", "updated", "author"] {
            child(feed, name);
        }
        let total = feed.children().find(|child| child.tag_name().name() == "totalResults").unwrap();
        let unit = if query.contains("document") { "/v1/search" } else { "/v1/passages" };
        let searched = site.json(&format!("{unit}?{}", query.replace("unit=document&", ""))).await;
        assert_eq!(total.text().unwrap(), searched["meta"]["total"].to_string());
    }
}

/// Title and text of a document hold what XML and HTML would take for markup.
#[tokio::test]
async fn hostile_text_stays_text() {
    let site = Site::shared();
    let (_, title, url, content, ..) = entries(&site.get("/v1/feed.atom?q=quotes").await.1).remove(0);
    assert_eq!((title.as_str(), url.as_str()), ("=1+1, item 1", "/documents/hostile#p1"));
    assert!(content.contains("&amp; ＝2+2 &lt; 5."), "{content}");
    assert!(content.contains("<mark>quotes</mark>") && content.ends_with("</cite></p>"), "{content}");
}

#[tokio::test]
async fn a_feed_leads_through_everything_newest_first() {
    let site = Site::shared();
    let (mut found, mut next) = (Vec::new(), Some("/v1/feed.atom?limit=7&q=visas".to_owned()));
    while let Some(path) = next {
        let feed = site.get(&path).await.1;
        let document = roxmltree::Document::parse(&feed).unwrap();
        assert_eq!(link(document.root_element(), "self"), Some(path));
        assert_eq!(link(document.root_element(), "first").unwrap(), "/v1/feed.atom?limit=7&q=visas");
        next = link(document.root_element(), "next");
        found.extend(entries(&feed).into_iter().map(|(id, ..)| id));
    }
    let total = site.json("/v1/passages?q=visas").await["meta"]["total"].as_u64().unwrap();
    let mut distinct = found.clone();
    distinct.sort();
    distinct.dedup();
    assert!(total > 14);
    assert_eq!((found.len() as u64, distinct.len() as u64), (total, total));
    site.problem("/v1/feed.atom?sort=title", 400, "unknown_parameter").await;
    site.problem("/v1/feed.json?offset=1", 400, "unknown_parameter").await;
}

/// What was read is known again after the index changed, and what is new comes first.
#[tokio::test]
async fn an_entry_keeps_its_id() {
    let site = Site::new(ServerConfig::default(), FEW);
    let before = entries(&site.get("/v1/feed.atom?unit=document&q=visas").await.1);
    let files = site.folder.path().join("corpus");
    write(&files, "newest", "title = 'Newest'", "Newest\n\n1. Visas once more.\n");
    index(&files, &site.folder.path().join("index"));
    assert!(site.searcher.refresh().unwrap());
    let after = entries(&site.get("/v1/feed.atom?unit=document&q=visas").await.1);
    assert_eq!(after[0].1, "Newest");
    assert_eq!(after[1..], before);
    let links = &site.json("/v1/search?q=visas&year=2013").await["links"];
    assert_eq!(links["feed"], "/v1/feed.atom?q=visas&unit=document&year=2013");
    assert_eq!(links["csv"], "/v1/export?q=visas&unit=document&year=2013");
    let links = &site.json("/v1/passages?q=visas&limit=1&sort=title&ui=es").await["links"];
    assert_eq!(
        (&links["feed"], &links["csv"]),
        (&json!("/v1/feed.atom?q=visas&ui=es"), &json!("/v1/export?q=visas&ui=es"))
    );
    for link in [&links["feed"], &links["csv"]] {
        site.get(link.as_str().unwrap()).await;
    }
}
