-- A shop as the program at step 0001 left it.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE events (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id TEXT NOT NULL, 
	name SMALLINT NOT NULL, 
	at_us BIGINT NOT NULL, 
	person TEXT, 
	visitor_id TEXT, 
	session_id TEXT, 
	recommendation_id TEXT, 
	placement TEXT, 
	search_term TEXT, 
	transaction_id TEXT, 
	value_minor BIGINT, 
	currency TEXT, 
	rating FLOAT, 
	coupon TEXT, 
	denied SMALLINT NOT NULL, 
	context TEXT, 
	past_lines INTEGER NOT NULL, 
	lines TEXT, 
	CONSTRAINT uq_events_event_id UNIQUE (event_id)
);
INSERT INTO "events" VALUES(1,'e1',0,1795255200000000,'v:v-1',NULL,'s1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'{"device":{"kind":"phone"}}',1,'[["mug",1,null,null,null]]');
INSERT INTO "events" VALUES(2,'e2',6,1795255200000001,'u:ann','v-1',NULL,NULL,NULL,NULL,'t1',2500,'GBP',NULL,'SPRING',0,NULL,2,'[["mug",2,1250,0,null],["茶壶",1,null,null,null]]');
INSERT INTO "events" VALUES(3,'e3',13,1795255200000002,NULL,NULL,NULL,NULL,NULL,'a "red" mug',NULL,NULL,NULL,NULL,NULL,0,NULL,0,NULL);
INSERT INTO "events" VALUES(4,'e4',8,1795255200000003,'u:ann',NULL,NULL,'r1','home_for_you',NULL,NULL,NULL,NULL,4.5,NULL,2,NULL,1,'[["茶壶",1,null,null,null]]');
CREATE TABLE items (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT uq_items_id UNIQUE (id)
);
INSERT INTO "items" VALUES(1,'mug',3,'{"id":"mug","title":{"en":"Red mug","zh":"红杯"},"group_id":null,"kind":"product","description":{},"url":null,"images":[],"price_minor":1000,"list_price_minor":null,"currency":"GBP","availability":"in_stock","brand":null,"categories":[["Kitchen","Mugs"]],"tags":["gift"],"attributes":{"colour":["red"]},"stores":[],"created_at_us":null,"available_at_us":null,"expires_at_us":null,"cost_minor":null,"rating":null,"is_hidden":false}');
INSERT INTO "items" VALUES(2,'茶壶',2,'{"id":"茶壶","title":{"zh":"茶壶"},"group_id":null,"kind":"product","description":{},"url":null,"images":[],"price_minor":9900,"list_price_minor":null,"currency":"CNY","availability":"in_stock","brand":null,"categories":[],"tags":[],"attributes":{},"stores":[],"created_at_us":null,"available_at_us":null,"expires_at_us":null,"cost_minor":null,"rating":null,"is_hidden":true}');
CREATE TABLE lake_files (
	path TEXT NOT NULL, 
	first_seq BIGINT NOT NULL, 
	last_seq BIGINT NOT NULL, 
	rows BIGINT NOT NULL, 
	events BIGINT NOT NULL, 
	min_at_us BIGINT NOT NULL, 
	max_at_us BIGINT NOT NULL, 
	n_bytes BIGINT NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "lake_files" VALUES('events/date=2026-11-21/000000000001-000000000002.parquet',1,2,3,2,1795255200000000,1795255200000001,1234,'abababababababababababababababababababababababababababababababab');
CREATE TABLE lake_state (
	id SMALLINT NOT NULL, 
	version BIGINT NOT NULL, 
	watermark BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "lake_state" VALUES(1,1,2);
CREATE TABLE pruned_events (
	event_id TEXT NOT NULL, 
	PRIMARY KEY (event_id)
)
 WITHOUT ROWID

;
CREATE TABLE slates (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	recommendation_id TEXT NOT NULL, 
	placement TEXT NOT NULL, 
	at_us BIGINT NOT NULL, 
	person TEXT, 
	items TEXT NOT NULL, 
	CONSTRAINT uq_slates_recommendation_id UNIQUE (recommendation_id)
);
INSERT INTO "slates" VALUES(1,'r1','home_for_you',1795255200000000,'u:ann','[["茶壶",0,0.5,"ease"],["mug",1,null,null]]');
CREATE TABLE users (
	id TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "users" VALUES('ann',1,'{"id":"ann","attributes":{"segment":["gold"]},"consent":{"personalization":"granted","analytics":"granted"},"friends":[],"created_at_us":null}');
CREATE INDEX ix_events_past ON events (person, at_us) WHERE past_lines > 0;
CREATE INDEX ix_items_revision ON items (revision);
CREATE INDEX ix_users_revision ON users (revision);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',4);
INSERT INTO "sqlite_sequence" VALUES('items',2);
INSERT INTO "sqlite_sequence" VALUES('slates',1);
COMMIT;
