#include "adapters/http/tls_stream.hpp"

#include "adapters/http/tls.hpp"
#include "core/base/limits.hpp"
#include "tests/unit/adapters/http/house.hpp"
#include "tests/unit/adapters/http/raw_peer.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <future>
#include <thread>
#include <vector>

namespace ig::tests::http {
namespace {

namespace asio = boost::asio;
namespace tls = adapters::http::tls;
using adapters::http::TlsStream;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

static_assert(boost::beast::is_sync_read_stream<TlsStream>::value);

const std::vector<std::string> here = {"127.0.0.1"};

bool is_timeout(const error_code& ec) { return ec == boost::beast::error::timeout; }

/// More than what the buffers of both sockets take.
const std::string& large() {
  static const std::string text(32'000'000, 'x');
  return text;
}

/// Notes SIGPIPE as long as it lives, where it would end the process otherwise.
class PipeSignals {
 public:
  PipeSignals() : before_(std::signal(SIGPIPE, [](int) { seen = 1; })) { seen = 0; }
  ~PipeSignals() { std::signal(SIGPIPE, before_); }
  PipeSignals(const PipeSignals&) = delete;
  PipeSignals& operator=(const PipeSignals&) = delete;
  static inline volatile std::sig_atomic_t seen = 0;

 private:
  void (*before_)(int);
};

class TlsStreamTest : public ::testing::Test {
 protected:
  TlsStreamTest() { stream.expires_at(soon()); }

  RawServer serving(RawServer::Script script) {
    RawOptions options;
    options.certificate_file = house.certificate_file;
    options.key_file = house.key_file;
    return {options, std::move(script)};
  }
  void stand(std::uint16_t port) {
    ASSERT_FALSE(stream.connect(here, port));
    ASSERT_TRUE(tls::prepare_client(stream.native_handle(), "localhost"));
    const error_code ec = stream.handshake();
    ASSERT_FALSE(ec) << ec.message();
  }
  /// Bytes of one read.
  std::string read(error_code& ec) {
    std::array<char, 64> place{};
    const std::size_t size = stream.read_some(asio::buffer(place), ec);
    return {place.data(), size};
  }
  std::string read_to_end(error_code& ec) {
    std::string out;
    while (!ec) out += read(ec);
    return out;
  }

  House house;
  tls::Context context = tls::client_context({house.ca_file, {}, {}}).value();
  TlsStream stream{context.get()};
};

TEST_F(TlsStreamTest, ReadsRecordsOfOneByteEach) {
  const RawServer server = serving([](RawPeer& peer, int) {
    for (const char byte : std::string("byte by byte")) peer.write(std::string(1, byte));
    peer.finish();
  });
  stand(server.port());
  error_code ec;
  EXPECT_EQ(read_to_end(ec), "byte by byte");
  EXPECT_EQ(ec, asio::error::eof);
}

TEST_F(TlsStreamTest, TellsAnEndInOrderFromACut) {
  const RawServer server = serving([](RawPeer& peer, int) {
    peer.write("half");
    peer.cut();
  });
  stand(server.port());
  error_code ec;
  EXPECT_EQ(read_to_end(ec), "half");
  EXPECT_EQ(ec, asio::ssl::error::stream_truncated);
}

TEST_F(TlsStreamTest, ThrowsAnErrorWhereThereIsNoPlaceForIt) {
  const RawServer server = serving([](RawPeer& peer, int) { peer.finish(); });
  stand(server.port());
  std::array<char, 1> place{};
  EXPECT_THROW(stream.read_some(asio::buffer(place)), boost::system::system_error);
}

TEST_F(TlsStreamTest, WritesMoreThanThePeerTakesAtOnce) {
  std::size_t taken = 0;
  const RawServer server = serving([&taken](RawPeer& peer, int) {
    taken = peer.read_until("end").size();
    peer.write("thanks");
    peer.finish();
  });
  stand(server.port());
  const std::string text = large().substr(0, 1'500'000) + "end";
  ASSERT_FALSE(stream.write(text));
  error_code ec;
  EXPECT_EQ(read_to_end(ec), "thanks");
  EXPECT_EQ(taken, text.size());
}

TEST_F(TlsStreamTest, EndsAWriteThatThePeerDoesNotTakeAtTheDeadline) {
  std::promise<void> done;
  const RawServer server = serving([&done](RawPeer&, int) { done.get_future().wait(); });
  stand(server.port());
  const Deadline by = short_deadline();
  stream.expires_at(by);
  EXPECT_TRUE(is_timeout(stream.write(large())));
  EXPECT_TRUE(by.passed());
  done.set_value();
}

TEST_F(TlsStreamTest, SaysThatThePeerResetWhileWeWroteAndRaisesNoSignal) {
  const RawServer server = serving([](RawPeer& peer, int) {
    peer.read_until("x");
    peer.reset();
  });
  const PipeSignals signals;
  stand(server.port());
  const error_code ec = stream.write(large());
  EXPECT_TRUE(ec == asio::error::connection_reset || ec == asio::error::broken_pipe)
      << ec.message();
  EXPECT_EQ(stream.write("more"), ec);
  error_code end;
  EXPECT_EQ(read(end), "");
  EXPECT_TRUE(end);
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::ended);
  stream.shutdown();
  EXPECT_EQ(PipeSignals::seen, 0);
}

TEST_F(TlsStreamTest, ReadsWhatAPeerSaidBeforeItClosedInTheMidstOfOurWords) {
  const RawServer server = serving([](RawPeer& peer, int) {
    peer.read_until("x");
    peer.write("refused");
    peer.finish();  // With our bytes unread, so that the rest of them is met by a reset.
  });
  stand(server.port());
  EXPECT_TRUE(stream.write(large()));
  error_code ec;
  EXPECT_EQ(read(ec), "refused");
}

TEST_F(TlsStreamTest, EndsAHandshakeAtTheDeadline) {
  const SilentPort silent;
  ASSERT_FALSE(stream.connect(here, silent.port()));
  ASSERT_TRUE(tls::prepare_client(stream.native_handle(), "localhost"));
  const Deadline by = short_deadline();
  stream.expires_at(by);
  EXPECT_TRUE(is_timeout(stream.handshake()));
  EXPECT_TRUE(by.passed());
  EXPECT_FALSE(Deadline{by.at + std::chrono::seconds{5}}.passed());
}

TEST_F(TlsStreamTest, MakesNoHandshakeOnceTheDeadlineHasPassed) {
  const RawServer server = serving([](RawPeer& peer, int) { peer.read_all(); });
  ASSERT_FALSE(stream.connect(here, server.port()));
  ASSERT_TRUE(tls::prepare_client(stream.native_handle(), "localhost"));
  stream.expires_at(Deadline::in(milliseconds{0}));
  EXPECT_TRUE(is_timeout(stream.handshake()));
  stream.shutdown();  // The peer learns of it, and ends.
}

TEST_F(TlsStreamTest, EndsAReadAtTheDeadlineThoughMessagesOfTlsKeepComing) {
  const RawServer server = serving([](RawPeer& peer, int) {
    while (peer.ticket() && !peer.readable_within(milliseconds{0})) {
    }
  });
  stand(server.port());
  const Deadline by = short_deadline();
  stream.expires_at(by);
  error_code ec;
  EXPECT_EQ(read(ec), "");
  EXPECT_TRUE(is_timeout(ec)) << ec.message();
  EXPECT_FALSE(Deadline{by.at + std::chrono::seconds{5}}.passed());
  stream.shutdown();  // The peer learns of it, and ends.
}

TEST_F(TlsStreamTest, GoesOnToTheNextAddressAfterARefusal) {
  const SilentPort listening;
  EXPECT_FALSE(stream.connect({"127.0.0.2", "no address", "127.0.0.1"}, listening.port()));
}

TEST_F(TlsStreamTest, LeavesTimeForTheNextAddressWhenOneIsSilent) {
  const SilentPort listening;
  const FullPort full("127.0.0.2", listening.port());
  const Deadline by = Deadline::in(milliseconds{400});
  stream.expires_at(by);
  EXPECT_FALSE(stream.connect({"127.0.0.2", "127.0.0.1"}, listening.port()));
  EXPECT_FALSE(by.passed());
}

TEST_F(TlsStreamTest, EndsToConnectAtTheDeadline) {
  const SilentPort listening;
  const FullPort full("127.0.0.2", listening.port());
  const Deadline by = short_deadline();
  stream.expires_at(by);
  EXPECT_TRUE(is_timeout(stream.connect({"127.0.0.2"}, listening.port())));
  EXPECT_TRUE(by.passed());
  EXPECT_TRUE(stream.connect({}, listening.port()));
}

TEST_F(TlsStreamTest, SeesWhatAConnectionAtRestDoes) {
  std::promise<void> speak;
  std::promise<void> spoken;
  std::promise<void> end;
  std::promise<void> ended;
  const RawServer server = serving([&](RawPeer& peer, int) {
    peer.write("hello");
    speak.get_future().wait();
    peer.write("unasked");
    spoken.set_value();
    end.get_future().wait();
    peer.cut();
    ended.set_value();
  });
  stand(server.port());
  error_code ec;
  EXPECT_EQ(read(ec), "hello");
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::quiet);
  speak.set_value();
  spoken.get_future().wait();
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::spoken);
  std::array<char, 2> place{};
  EXPECT_EQ(stream.read_some(asio::buffer(place), ec), 2U);
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::spoken);
  EXPECT_EQ(read(ec), "asked");
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::quiet);
  end.set_value();
  ended.get_future().wait();
  EXPECT_EQ(stream.at_rest(), TlsStream::Rest::ended);
}

}  // namespace
}  // namespace ig::tests::http
